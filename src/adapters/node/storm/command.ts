import { parseArgs } from 'node:util'
import type { Catalogue } from '../../../world/role'
import { readArguments } from '../arguments'
import type { Outlet } from '../outlet'
import { Complaint } from '../scenarios'
import { reportOf } from './report'
import { type Outcome, replayOf, stormOf } from './storm'

export const STORM_USAGE = `  ehlo storm [--seeds N] [--from SEED] [--verbose]

  --seeds    how many storms: 1000, unless it is said otherwise
  --from     the first seed: 1, unless it is said otherwise; the others follow it
  --verbose  tell each storm's story

A storm is a small world of mail servers in which hosts lose their power, links break, DNS fails and servers put commands
off; then all faults end. Exit code 0 only if no letter that was accepted with 250 was lost in any of them.
`

/** After this many storms a line reports the progress. */
const REPORT_EVERY = 5000

/**
 * Plays storms seed by seed; returns the exit code. The last line is the summary. `base` is the behaviour of hosts: by default
 * the real one.
 */
export function storm(args: readonly string[], outlet: Outlet, base?: Catalogue): number {
  const { seeds, from, verbose } = parse(args)
  let faulty = 0
  let messages = 0
  let facts = 0
  for (let n = 0; n < seeds; n++) {
    const outcome = stormOf(from + n, base)
    messages += outcome.storm?.plan.messages.length ?? 0
    facts += outcome.storm?.trace.length ?? 0
    if (verbose && outcome.storm) outlet.out(`${reportOf(outcome.storm.trace).join('\n')}\n`)
    if (outcome.faults.length > 0) {
      faulty++
      outlet.out(faultLines(outcome))
    }
    if ((n + 1) % REPORT_EVERY === 0 && n + 1 < seeds)
      outlet.out(`${n + 1} of ${seeds} storms, ${faulty} with faults\n`)
  }
  const which = seeds === 1 ? `seed ${from}` : `seeds ${from} to ${from + seeds - 1}`
  const found = faulty === 0 ? 'no accepted letter was lost' : `${faulty} with faults`
  outlet.out(
    `${seeds} ${seeds === 1 ? 'storm' : 'storms'} (${which}), ${messages} letters, ${facts} facts: ${found}.\n`,
  )
  return faulty === 0 ? 0 : 1
}

const faultLines = ({ seed, faults }: Outcome): string =>
  `${faults.map(({ kind, words }) => `seed ${seed}: ${kind}: ${words}\n`).join('')}  play it again: ${replayOf(seed)}\n`

interface Options {
  readonly seeds: number
  readonly from: number
  readonly verbose: boolean
}

function parse(args: readonly string[]): Options {
  const options = { seeds: { type: 'string' }, from: { type: 'string' }, verbose: { type: 'boolean' } } as const
  const { values } = readArguments(() => parseArgs({ args: [...args], options }))
  return {
    seeds: wholeNumber('--seeds', values.seeds ?? '1000', 1),
    from: wholeNumber('--from', values.from ?? '1', 0),
    verbose: values.verbose ?? false,
  }
}

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text)
  if (text === '' || !Number.isSafeInteger(number) || number < least)
    throw new Complaint(`${name} wants a whole number from ${least} on, not "${text}".`)
  return number
}
