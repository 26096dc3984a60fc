import { ours, peer } from './deliver'
import { fetch } from './fetch'
import { median, type Result, ratioOf } from './result'

/** Runs the benches: `bench [NAME] [--json]`. Figures are medians of interleaved rounds. */

const LETTERS = 1000
const ROUNDS = 9

async function deliver(): Promise<Result> {
  // One short round each, so that both run compiled.
  ours(500)
  await peer(500)
  const mine: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    mine.push(ours(LETTERS))
    theirs.push(await peer(LETTERS))
  }
  const rate = (times: readonly number[]): number => Math.round((LETTERS / median(times)) * 1000)
  return {
    name: 'deliver',
    unit: 'deliveries a second',
    ours: rate(mine),
    peer: rate(theirs),
    ratio: ratioOf(mine, theirs),
  }
}

interface Bench {
  readonly run: () => Promise<Result>
  readonly peer: string
}

const BENCHES: Readonly<Record<string, Bench>> = {
  deliver: { run: deliver, peer: 'nodemailer and smtp-server over loopback' },
  fetch: { run: fetch, peer: 'Dovecot, both over loopback' },
}

function line({ name, unit, ours, peer, ratio }: Result, by: string): string {
  return peer === undefined
    ? `${name}: ${ours} ${unit} here`
    : `${name}: ${ours} ${unit} here, ${peer} by ${by}, ratio ${ratio}`
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
