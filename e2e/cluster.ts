import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import type { ChildProcess } from 'node:child_process'
import { createServer, request } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

const root = fileURLToPath(new URL('..', import.meta.url))
const READY_MS = 30_000

export interface ClusterNode {
  readonly port: number
  readonly process: ChildProcess
  /** Lines of the server's log, for assertions and for telling why a test failed. */
  readonly log: string[]
  /** While false the proxy sends nothing new here, as a balancer does once a server isn't ready. */
  inRotation: boolean
}

export interface Cluster {
  /** One origin for all servers. */
  readonly url: string
  readonly nodes: ClusterNode[]
  add(): Promise<ClusterNode>
  signal(node: ClusterNode, signal: NodeJS.Signals): void
  exited(node: ClusterNode): Promise<number | null>
  /** Sends every new request and socket to this node alone; `null`: round robin again. */
  pin(node: ClusterNode | null): void
  close(): Promise<void>
}

/**
 * Real servers behind a round-robin proxy without stickiness, with one origin and one cookie. Requests that can't be connected
 * to a server go to the next one, as balancers do; a request that was sent is never repeated.
 */
export async function startCluster(count: number, env: NodeJS.ProcessEnv): Promise<Cluster> {
  const nodes: ClusterNode[] = []
  let turn = 0
  let pinned: ClusterNode | null = null
  const candidates = (): ClusterNode[] => {
    if (pinned) return [pinned]
    const live = nodes.filter(
      (node) =>
        node.inRotation && node.process.exitCode === null && node.process.signalCode === null,
    )
    turn++
    return live.map((_, i) => live[(turn + i) % live.length] as ClusterNode)
  }
  const server = createServer((incoming, outgoing) => forward(incoming, outgoing, candidates()))
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) =>
    tunnel(incoming, socket, head, candidates()),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const cluster: Cluster = {
    url,
    nodes,
    async add() {
      const node = await startNode(url, env)
      nodes.push(node)
      return node
    },
    signal(node, signal) {
      if (node.process.exitCode === null) node.process.kill(signal)
    },
    exited(node) {
      if (node.process.exitCode !== null) return Promise.resolve(node.process.exitCode)
      if (node.process.signalCode !== null) return Promise.resolve(null)
      return new Promise((resolve) => node.process.once('exit', resolve))
    },
    pin(node) {
      pinned = node
    },
    async close() {
      for (const node of nodes) {
        cluster.signal(node, 'SIGCONT')
        cluster.signal(node, 'SIGKILL')
      }
      await Promise.all(nodes.map((node) => cluster.exited(node)))
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  for (let i = 0; i < count; i++) await cluster.add()
  return cluster
}

/**
 * Address of a new, empty database on the run's Postgres: for servers with limits or a Redis of their own, whose timers would
 * contradict those of the run's server on the same rooms.
 */
export async function newDatabase(): Promise<string> {
  const url = new URL(process.env.DATABASE_URL ?? '')
  const name = `own_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    await client.query(`create database ${name}`)
  } finally {
    await client.end()
  }
  url.pathname = name
  return url.href
}

async function startNode(publicUrl: string, env: NodeJS.ProcessEnv): Promise<ClusterNode> {
  const port = await freePort()
  const child = spawn(process.execPath, ['server/src/main.ts'], {
    cwd: root,
    env: {
      ...process.env,
      ...env,
      PORT: String(port),
      HOST: '127.0.0.1',
      PUBLIC_URL: publicUrl,
      TRUST_PROXY: 'loopback',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      log.push(...chunk.split('\n').filter(Boolean))
      if (log.length > 5_000) log.splice(0, 1_000)
    })
  }
  const until = Date.now() + READY_MS
  while (Date.now() < until) {
    if (child.exitCode !== null)
      throw new Error(`the server ended with ${child.exitCode}\n${log.slice(-20).join('\n')}`)
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (r) => r.ok,
      () => false,
    )
    if (ready) return { port, process: child, log, inRotation: true }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  child.kill('SIGKILL')
  throw new Error(`the server was not ready within ${READY_MS} ms\n${log.slice(-20).join('\n')}`)
}

/** A port that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  [node, ...others]: ClusterNode[],
): void {
  if (!node) {
    outgoing.writeHead(502).end()
    return
  }
  const headers = {
    ...incoming.headers,
    'x-forwarded-for': incoming.socket.remoteAddress,
    connection: 'close',
  }
  let sent = false
  const onward = request(
    { port: node.port, host: '127.0.0.1', method: incoming.method, path: incoming.url, headers },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
      answer.on('error', () => outgoing.destroy())
    },
  )
  onward.on('socket', (socket) => {
    socket.once('connect', () => {
      sent = true
      incoming.pipe(onward)
    })
  })
  onward.on('error', () => {
    if (!sent) forward(incoming, outgoing, others)
    else if (outgoing.headersSent) outgoing.destroy()
    else outgoing.writeHead(502).end()
  })
  outgoing.on('close', () => onward.destroy())
}

function tunnel(
  incoming: IncomingMessage,
  socket: Socket,
  head: Buffer,
  [node, ...others]: ClusterNode[],
): void {
  if (!node) {
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
    return
  }
  const onward = connect(node.port, '127.0.0.1')
  let open = false
  onward.once('connect', () => {
    open = true
    const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`]
    for (let i = 0; i < incoming.rawHeaders.length; i += 2)
      lines.push(`${incoming.rawHeaders[i]}: ${incoming.rawHeaders[i + 1]}`)
    onward.write(`${lines.join('\r\n')}\r\n\r\n`)
    onward.write(head)
    onward.pipe(socket).pipe(onward)
  })
  onward.on('error', () => {
    if (open) socket.destroy()
    else tunnel(incoming, socket, head, others)
  })
  onward.on('close', () => {
    if (open) socket.destroy()
  })
  socket.on('error', () => onward.destroy())
  socket.on('close', () => onward.destroy())
}
