import { parseArgs } from 'node:util'
import { run } from './run'
import { Complaint } from './scenarios'

const USAGE = `ehlo: the world of EHLO World without a browser

  ehlo run SCENARIO --send LETTER.eml [--trace FILE.jsonl] [--transcript] [--seed N]

  SCENARIO      a name such as two-towns, or the path of a scenario file
  --send        the letter: a message file with From and To
  --trace       write every fact to a file, one JSON object a line
  --transcript  print every dialogue on standard output
  --seed        another seed than the scenario's

Exit code 0 only if the letter was delivered and fetched.
`

const wrong = (what: string): Complaint => new Complaint(`${what} Try: npm run --silent ehlo -- help`)

async function main(args: readonly string[]): Promise<void> {
  const [command, ...rest] = args
  if (command === undefined || command === 'help' || command === '--help' || command === '-h') {
    process.stdout.write(USAGE)
    if (command === undefined) process.exitCode = 2
    return
  }
  if (command !== 'run') throw wrong(`"${command}" is no command of ehlo; the command is run.`)
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(rest)
  } catch (error) {
    throw wrong(`${(error as Error).message.split('. ')[0]}.`)
  }
  const { values, positionals } = parsed
  if (positionals.length !== 1 || positionals[0] === undefined) throw wrong('Name one scenario, as in: run two-towns --send letter.eml.')
  if (values.send === undefined) throw wrong('Say which letter to send, as in: --send letter.eml.')
  const seed = values.seed === undefined ? undefined : Number(values.seed)
  if (seed !== undefined && !(Number.isInteger(seed) && seed >= 0)) throw wrong(`--seed wants a whole number, not "${values.seed}".`)
  await run(positionals[0], {
    send: values.send,
    transcript: values.transcript ?? false,
    ...(values.trace === undefined ? {} : { trace: values.trace }),
    ...(seed === undefined ? {} : { seed }),
  })
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

main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof Complaint)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})
