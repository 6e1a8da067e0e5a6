import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What a process measures. Labels are bounded: procedure names and outcomes, never ids or room codes. */
export interface Metrics {
  registry: Registry
  requestSeconds: Histogram<'kind' | 'name' | 'outcome'>
  unexpected: Counter<'where'>
  sockets: Gauge<'path'>
  close(): void
}

/** A registry of its own per build, so that two servers in one test process don't mix. */
export function makeMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    requestSeconds: new Histogram({
      name: 'bapmap_request_seconds',
      help: 'Time of a call, by kind, procedure or route, and outcome',
      labelNames: ['kind', 'name', 'outcome'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    unexpected: new Counter({
      name: 'bapmap_unexpected_errors_total',
      help: 'Unexpected errors',
      labelNames: ['where'],
      registers,
    }),
    sockets: new Gauge({
      name: 'bapmap_open_sockets',
      help: 'Open WebSockets',
      labelNames: ['path'],
      registers,
    }),
    close: () => registry.clear(),
  }
}
