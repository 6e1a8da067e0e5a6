import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'

/** A refusal as it travels; anything else that fails is thrown as it is. */
export class Refused extends Error {
  readonly code: string
  readonly params: Record<string, unknown>
  readonly status: number
  constructor(code: string, params: Record<string, unknown>, status: number) {
    super(code)
    this.name = 'Refused'
    this.code = code
    this.params = params
    this.status = status
  }
}

interface Envelope {
  result?: { data?: unknown }
  error?: { data?: { code?: string; params?: Record<string, unknown> }; message?: string }
}

/** A person without a browser: cookie jar, calls and subscriptions over the wire, as any foreign program could make them. */
export class Guest {
  readonly origin: string
  cookie = ''
  constructor(origin: string) {
    this.origin = origin
  }

  async signIn(): Promise<this> {
    const response = await fetch(`${this.origin}/api/auth/sign-in/anonymous`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.origin },
      body: '{}',
    })
    if (!response.ok)
      throw new Error(`sign-in answered ${response.status}: ${await response.text()}`)
    this.cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    return this
  }

  async mutate<T>(path: string, input?: unknown, signal?: AbortSignal): Promise<T> {
    const response = await fetch(`${this.origin}/trpc/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.origin, cookie: this.cookie },
      body: JSON.stringify(input ?? {}),
      ...(signal ? { signal } : {}),
    })
    return this.#open<T>(response)
  }

  async query<T>(path: string, input?: unknown): Promise<T> {
    const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
    const response = await fetch(`${this.origin}/trpc/${path}${query}`, {
      headers: { cookie: this.cookie },
    })
    return this.#open<T>(response)
  }

  async #open<T>(response: Response): Promise<T> {
    const text = await response.text()
    let envelope: Envelope
    try {
      envelope = JSON.parse(text) as Envelope
    } catch {
      throw new Error(`${response.status}: ${text.slice(0, 200)}`)
    }
    const data = envelope.error?.data
    if (data?.code) throw new Refused(data.code, data.params ?? {}, response.status)
    if (envelope.error) throw new Error(`${response.status}: ${envelope.error.message}`)
    return envelope.result?.data as T
  }

  /** Subscribes over tRPC's socket and stays subscribed over reconnects, resuming after the last id, as the stock client does. */
  subscribe(
    path: string,
    input: Record<string, unknown>,
    onData: (data: unknown) => void,
  ): Subscription {
    return new Subscription(this, path, input, onData)
  }
}

export class Subscription {
  readonly #guest: Guest
  readonly #path: string
  readonly #input: Record<string, unknown>
  readonly #onData: (data: unknown) => void
  #socket: WebSocket | undefined
  #lastEventId: string | undefined
  #over = false
  /** ms of the last time the subscription was confirmed by a server. */
  startedAt = 0

  constructor(
    guest: Guest,
    path: string,
    input: Record<string, unknown>,
    onData: (data: unknown) => void,
  ) {
    this.#guest = guest
    this.#path = path
    this.#input = input
    this.#onData = onData
    this.#connect()
  }

  #connect(): void {
    if (this.#over) return
    const socket = new WebSocket(`${this.#guest.origin.replace('http', 'ws')}/trpc`, {
      headers: { cookie: this.#guest.cookie, origin: this.#guest.origin },
    })
    this.#socket = socket
    let silence: NodeJS.Timeout | undefined
    const stillAlive = (): void => {
      clearTimeout(silence)
      silence = setTimeout(() => socket.terminate(), 8_000)
    }
    const again = (): void => {
      clearTimeout(silence)
      if (this.#socket === socket) setTimeout(() => this.#connect(), 100)
    }
    socket.on('open', () => {
      stillAlive()
      const input = {
        ...this.#input,
        ...(this.#lastEventId === undefined ? {} : { lastEventId: this.#lastEventId }),
      }
      socket.send(
        JSON.stringify({
          id: 1,
          jsonrpc: '2.0',
          method: 'subscription',
          params: { path: this.#path, input },
        }),
      )
    })
    socket.on('message', (raw: Buffer) => {
      stillAlive()
      const text = raw.toString()
      if (text === 'PING') return socket.send('PONG')
      if (text === 'PONG') return
      const message = JSON.parse(text) as {
        method?: string
        result?: { type: string; id?: string; data?: unknown }
      }
      if (message.method === 'reconnect') return socket.close()
      if (message.result?.type === 'started') this.startedAt = Date.now()
      if (message.result?.type !== 'data') return
      const tracked = message.result.data as { id?: string; data?: unknown }
      if (typeof tracked?.id === 'string') this.#lastEventId = tracked.id
      this.#onData(typeof tracked?.id === 'string' && 'data' in tracked ? tracked.data : tracked)
    })
    socket.on('close', again)
    socket.on('error', () => socket.terminate())
    socket.on('ping', stillAlive)
  }

  close(): void {
    this.#over = true
    this.#socket?.terminate()
  }
}

export const portrait = (): string => randomUUID().replaceAll('-', '').slice(0, 8)
