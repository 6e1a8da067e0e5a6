import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { makeLog, redactUrl } from './log.ts'

function lines(write: (log: ReturnType<typeof makeLog>) => void): string {
  let text = ''
  write(
    makeLog(
      'info',
      new Writable({ write: (chunk, _encoding, done) => ((text += String(chunk)), done()) }),
    ),
  )
  return text
}

test('addresses lose room codes, stream keys, tokens and inputs, and keep their shape', () => {
  expect(redactUrl('/r/abcdefghijkl?x=1')).toBe('/r/[redacted]?x=1')
  expect(redactUrl('/whip/key-1/more')).toBe('/whip/[redacted]/more')
  expect(redactUrl('/livekit/rtc?access_token=abc&auto=1')).toBe(
    '/livekit/rtc?access_token=[redacted]&auto=1',
  )
  expect(redactUrl('/trpc/rooms.peek,auth.me?batch=1&input=%7B%22code%22')).toBe(
    '/trpc/rooms.peek,auth.me',
  )
})

test('cookies, tokens and codes never stand in a line, nor in the causes of an error', () => {
  const text = lines((log) => {
    const error = new Error('outer', { cause: new Error('GET /r/secretsecret failed') })
    log.info(
      {
        cookie: 's1',
        headers: { authorization: 's2', 'set-cookie': 's3' },
        a: { b: { token: 's4' } },
        roomCode: 's5',
        err: error,
      },
      'x',
    )
  })
  expect(text).not.toMatch(/s[1-5]"|secretsecret/)
  expect(text).toContain('"message":"outer"')
  expect(text).toContain('/r/[redacted] failed')
})
