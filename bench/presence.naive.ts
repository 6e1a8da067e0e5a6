import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

/*
 * The naive relay that the presence bench measures beside ours: whatever one person sends goes to everybody else at
 * once, in the same 13 bytes. Its parent starts and ends it.
 */
const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
sockets.on('connection', (socket) => {
  socket.on('message', (message: Buffer) => {
    for (const other of sockets.clients) if (other !== socket) other.send(message)
  })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.once('disconnect', () => process.exit(0))
