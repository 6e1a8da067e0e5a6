import { Agent, request } from 'node:http'
import type { Act, ActResult } from '#shared/votes.ts'
import { vote } from './votes.voter.ts'
import type { Run, Told } from './votes.voter.ts'

/** The crowd beside the servers, in a process of its own: each voter with cookie and keep-alive connection, half at each server. */
export interface Voter {
  cookie: string
  url: string
  told: Told
}
export interface GeneratorAsk {
  voters: Voter[]
  roundId: string
  everyMs: number
  forMs: number
}
export interface GeneratorAnswer {
  run: Run
  cpuMs: number
  tookMs: number
}

const agent = new Agent({ keepAlive: true, maxSockets: 400 })

function send(voter: Voter, roundId: string, key: string, act: Act): Promise<ActResult> {
  const body = JSON.stringify({ roundId, key, act })
  const headers = {
    cookie: voter.cookie,
    origin: process.env.PUBLIC_URL,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  }
  return new Promise((resolve, reject) => {
    const call = request(
      `${voter.url}/trpc/votes.act`,
      { method: 'POST', agent, headers },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => void parts.push(part))
        response.on('error', reject)
        response.on('end', () => {
          const said = JSON.parse(Buffer.concat(parts).toString()) as {
            result?: { data: ActResult }
            error?: { message: string }
          }
          if (said.result) resolve(said.result.data)
          else reject(new Error(said.error?.message ?? `answered ${response.statusCode}`))
        })
      },
    )
    call.on('error', reject)
    call.end(body)
  })
}

process.on('message', ({ voters, roundId, everyMs, forMs }: GeneratorAsk) => {
  const run: Run = { told: voters.map(({ told }) => told), latencies: [], failed: 0 }
  const before = process.cpuUsage()
  const startedAt = performance.now()
  const options = { everyMs, untilMs: startedAt + forMs }
  void Promise.all(
    voters.map((voter) =>
      vote(voter.told, (key, act) => send(voter, roundId, key, act), options, run),
    ),
  ).then(() => {
    const { user, system } = process.cpuUsage(before)
    process.send?.({
      run,
      cpuMs: (user + system) / 1_000,
      tookMs: performance.now() - startedAt,
    } satisfies GeneratorAnswer)
  })
})
process.on('disconnect', () => process.exit(0))
