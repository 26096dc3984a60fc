import { parseArgs } from 'node:util'
import { asksForHelp, readArguments, wrong } from './arguments'
import { check } from './check'
import { LESSON_USAGE, lesson } from './lessonCommand'
import type { Outlet } from './outlet'
import { run } from './run'
import { Complaint } from './scenarios'
import { serveOptions } from './serve/options'
import { SERVE_USAGE } from './serve/usage'
import { STORM_USAGE, storm } from './storm/command'

const RUN_USAGE = `  ehlo run SCENARIO --send LETTER.eml [--trace FILE.jsonl] [--transcript] [--seed N]

  SCENARIO      a name such as two-towns, or the path of a scenario file
  --send        the letter: a message file with From and To
  --trace       write every fact to a file, one JSON object a line
  --transcript  print every dialogue on standard output
  --seed        another seed than the scenario's

Exit code 0 only if the letter was delivered and fetched.
`

const CHECK_USAGE = `  ehlo check PATH...

  PATH          a scenario file (.json), a quiz file (.yaml), course.yaml or a lesson's folder

Exit code 0 only if nothing is wrong with any of them.
`

/** The usage text of each command. */
const USAGES: ReadonlyMap<string, string> = new Map([
  ['run', RUN_USAGE],
  ['check', CHECK_USAGE],
  ['lesson', LESSON_USAGE],
  ['serve', SERVE_USAGE],
  ['storm', STORM_USAGE],
])

const USAGE = `ehlo: the world of EHLO World without a browser\n\n${[...USAGES.values()].join('\n')}`

/** Runs one command line and returns its exit code. An error is one sentence on `err`. */
export async function ehlo(args: readonly string[], outlet: Outlet): Promise<number> {
  try {
    return await command(args, outlet)
  } catch (error) {
    if (!(error instanceof Complaint)) throw error
    outlet.err(`${error.message}\n`)
    return 1
  }
}

async function command(args: readonly string[], outlet: Outlet): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    outlet.out(USAGES.get(rest[0] ?? '') ?? USAGE)
    return name === undefined ? 2 : 0
  }
  const usage = USAGES.get(name)
  if (usage === undefined)
    throw wrong(`"${name}" is no command of ehlo; the commands are ${[...USAGES.keys()].join(', ')}.`)
  if (asksForHelp(rest)) {
    outlet.out(usage)
    return 0
  }
  if (name === 'check') return check(rest, outlet)
  if (name === 'lesson') return lesson(rest, outlet)
  if (name === 'serve') return serveUntilTold(rest, outlet)
  if (name === 'storm') return storm(rest, outlet)
  return runOnce(rest, outlet)
}

/** Carries one message through a world. */
async function runOnce(args: string[], outlet: Outlet): Promise<number> {
  const { values, positionals } = readArguments(() => parse(args))
  if (positionals.length !== 1 || positionals[0] === undefined)
    throw wrong('Name one scenario, as in: run two-towns --send letter.eml.')
  if (values.send === undefined) throw wrong('Say which letter to send, as in: --send letter.eml.')
  const seed = values.seed === undefined ? undefined : Number(values.seed)
  if (seed !== undefined && !(Number.isInteger(seed) && seed >= 0))
    throw wrong(`--seed wants a whole number, not "${values.seed}".`)
  await run(positionals[0], {
    send: values.send,
    transcript: values.transcript ?? false,
    ...(values.trace === undefined ? {} : { trace: values.trace }),
    ...(seed === undefined ? {} : { seed }),
    print: outlet.out,
  })
  return 0
}

/** Serves a world until the process is told to end. */
async function serveUntilTold(args: string[], outlet: Outlet): Promise<number> {
  const options = serveOptions(args)
  // Sockets and TLS are loaded only to serve a world.
  const { serve } = await import('./serve/serve')
  const served = await serve(options, outlet.err)
  const told = new Promise<void>((resolve) => {
    // At Ctrl+C npm sends the signal again that the terminal has sent us already: the second one changes nothing.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
    // The output has no reader any more: the process that started this one is gone.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => resolve())
  })
  outlet.out(`${JSON.stringify(served.ready)}\n`)
  await told
  await served.close()
  return 0
}

function parse(args: string[]) {
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      send: { type: 'string' },
      trace: { type: 'string' },
      transcript: { type: 'boolean' },
      seed: { type: 'string' },
    },
  })
}
