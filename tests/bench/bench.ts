import { ours, peer } from './deliver'
import { fetch } from './fetch'
import { median, type Result, ratioOf } from './result'
import { oneMoreLine, pictureOf, runOfFacts } from './view'

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

interface Bench {
  readonly run: () => Promise<Result>
  /** The value with which the ratio compares. */
  readonly peer: string
}

const BENCHES: Readonly<Record<string, Bench>> = {
  deliver: { run: deliver, peer: 'nodemailer and smtp-server over loopback' },
  fetch: { run: fetch, peer: 'Dovecot, both over loopback' },
  view: { run: view, peer: 'a run of 1000 facts' },
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
