import { ehlo } from './commandLine'

process.exitCode = await ehlo(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
})
