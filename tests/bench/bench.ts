import { type Instant, instant } from '../../src/base/time'
import type { Timeline } from '../../src/world/timeline'
import { ours, peer } from './deliver'
import { fetch } from './fetch'
import { median, p95, type Result, ratioOf } from './result'
import { oneMoreLine, pictureOf, runOfFacts, sceneOf, worldOf } from './view'

/** Runs the benches: `bench [NAME] [--json]`. Figures are medians of interleaved rounds. */

const MESSAGES = 1000
const ROUNDS = 9

async function deliver(): Promise<Result> {
  // One short round each, so that both run compiled.
  ours(500)
  await peer(500)
  const mine: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    mine.push(ours(MESSAGES))
    theirs.push(await peer(MESSAGES))
  }
  const rate = (times: readonly number[]): number => Math.round((MESSAGES / median(times)) * 1000)
  return {
    name: 'deliver',
    unit: 'deliveries a second',
    ours: rate(mine),
    peer: rate(theirs),
    ratio: ratioOf(mine, theirs),
  }
}

const LENGTHS = [1000, 10_000, 100_000] as const
const MORE_LINES = 200

async function view(): Promise<Result> {
  const runs = LENGTHS.map(runOfFacts)
  const times = runs.map((): number[] => [])
  for (const run of runs) pictureOf(run)
  // The lengths take turns, so that other work of the machine affects them equally.
  for (let line = 0; line < MORE_LINES; line++) {
    for (const [n, run] of runs.entries()) {
      const longer = oneMoreLine(run)
      const started = performance.now()
      pictureOf(longer)
      times[n]?.push(performance.now() - started)
      runs[n] = longer
    }
  }
  // The first quarter is before everything is compiled.
  const took = times.map((all) => median(all.slice(MORE_LINES / 4)))
  const [result, ...also] = LENGTHS.map((facts, n): Result => {
    const unit = `microseconds a line in a run of ${facts} facts`
    return { name: 'view', unit, ours: Math.round((took[n] ?? 0) * 1000) }
  }).reverse()
  const ratio = Math.round(((took.at(-1) ?? 0) / (took[0] ?? 1)) * 100) / 100
  return { ...(result as Result), ratio, also }
}

const SEEKS = 300

/** Instants in an order without a pattern, the same in each call. */
function scattered(end: number): readonly number[] {
  let at = 1
  return Array.from({ length: SEEKS }, () => {
    at = (at * 48_271) % 2_147_483_647
    return (at / 2_147_483_647) * end
  })
}

/** 95 of 100 instants of a run of 100,000 facts are reached, and drawn, in this time. */
async function seek(): Promise<Result> {
  const run = runOfFacts(100_000)
  const measure = (what: (run: Timeline, t: Instant) => number): number => {
    for (const t of scattered(run.until)) what(run, instant(t))
    const times = scattered(run.until * 0.999).map((t) => {
      const started = performance.now()
      what(run, instant(t))
      return performance.now() - started
    })
    return Math.round(p95(times) * 1000)
  }
  const unit = (what: string): string => `microseconds (p95) to ${what} at an instant of a run of 100000 facts`
  return {
    name: 'seek',
    unit: unit('the world'),
    ours: measure(worldOf),
    also: [{ name: 'scene', unit: unit('the map and its words'), ours: measure(sceneOf) }],
  }
}

interface Bench {
  readonly run: () => Promise<Result>
  /** The value with which the ratio compares. */
  readonly peer: string
}

const BENCHES: Readonly<Record<string, Bench>> = {
  deliver: { run: deliver, peer: 'nodemailer and smtp-server over loopback' },
  fetch: { run: fetch, peer: 'Dovecot, both over loopback' },
  view: { run: view, peer: 'a run of 1000 facts' },
  seek: { run: seek, peer: 'itself' },
}

function line({ name, unit, ours, peer, ratio }: Result, by: string): string {
  if (peer !== undefined) return `${name}: ${ours} ${unit} here, ${peer} by ${by}, ratio ${ratio}`
  return `${name}: ${ours} ${unit} here${ratio === undefined ? '' : `, ${ratio} times that of ${by}`}`
}

const args = process.argv.slice(2)
const json = args.includes('--json')
const names = args.filter((arg) => !arg.startsWith('--'))
const unknown = names.find((name) => !Object.hasOwn(BENCHES, name))
if (unknown !== undefined) {
  process.stderr.write(`There is no bench "${unknown}"; there is ${Object.keys(BENCHES).join(', ')}.\n`)
  process.exitCode = 1
} else {
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
    const bench = BENCHES[name] as Bench
    const result = await bench.run()
    const lines = json
      ? [JSON.stringify(result)]
      : [result, ...(result.also ?? [])].map((each) => line(each, bench.peer))
    process.stdout.write(`${lines.join('\n')}\n`)
  }
}
