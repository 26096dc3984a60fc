import type { ServerResponse } from 'node:http'
import scenario from '../../lessons/scenarios/example-test.json'

/** A message of a served world to a page that watches it (`src/ui/watch/stream.ts`), for tests that play that world. */
export interface Told {
  readonly name: 'run' | 'intervention' | 'now' | 'ended'
  readonly data: object
}

export const runTold = (now: number, complete = true): Told => ({
  name: 'run',
  data: { scenario, seed: 7, epoch: 0, now, complete },
})

export const timeTold = (now: number): Told => ({ name: 'now', data: { now } })

/** As server-sent events. */
export const asEvents = (all: readonly Told[]): string =>
  all.map(({ name, data }) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join('')

/** An action of a real program at the gateway, at an instant in milliseconds. */
export const done = (at: number, deed: object, terminal = 't1'): Told => ({
  name: 'intervention',
  data: { at, host: 'gateway', terminal, ...deed },
})

/** A real program gives a message to the exchanger of `example-test`, a line every ten milliseconds. */
export const messageSent = (at: number, subject: string, terminal?: string): readonly Told[] => [
  done(at, { type: 'connected', to: '192.0.2.25', port: 25 }, terminal),
  ...[
    'EHLO program',
    'MAIL FROM:<me@elsewhere.test>',
    'RCPT TO:<bob@example.test>',
    'DATA',
    `Subject: ${subject}\r\n\r\nhello\r\n.`,
    'QUIT',
  ].map((line, n) => done(at + 10 * (n + 1), { type: 'typed', octets: `${line}\r\n` }, terminal)),
]

/** A stream that stays open, with the first messages for a new page. */
export function openStream(response: ServerResponse, told: readonly Told[]): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  response.write(`retry: 100\n\n${asEvents(told)}`)
}
