import { ours, peer } from './deliver'

/** Runs the benches: `bench [NAME] [--json]`. Figures are letters a second, the median of interleaved rounds; the ratio is the median of the rounds' own ratios. */

interface Result {
  readonly name: string
  readonly ours: number
  readonly peer: number
  readonly ratio: number
}

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
  // The two of a round ran side by side, so their ratio is spared what else the machine did meanwhile.
  const ratio = median(mine.map((time, round) => (theirs[round] as number) / time))
  return { name: 'deliver', ours: rate(mine), peer: rate(theirs), ratio: Math.round(ratio * 100) / 100 }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number

const BENCHES: Readonly<Record<string, () => Promise<Result>>> = { deliver }

const args = process.argv.slice(2)
const json = args.includes('--json')
const names = args.filter((arg) => !arg.startsWith('--'))
const unknown = names.find((name) => !(name in BENCHES))
if (unknown !== undefined) {
  process.stderr.write(`There is no bench "${unknown}"; there is ${Object.keys(BENCHES).join(', ')}.\n`)
  process.exitCode = 1
} else {
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
    const result = await (BENCHES[name] as () => Promise<Result>)()
    process.stdout.write(
      json
        ? `${JSON.stringify(result)}\n`
        : `${name}: ${result.ours} deliveries a second here, ${result.peer} by nodemailer and smtp-server over loopback, ratio ${result.ratio}\n`,
    )
  }
}
