import { catalogue } from '../src/hosts/catalogue'
import { edgesOf, leavesOf, statesOf } from '../tests/support/chart'

/** Prints the size of each machine's chart. Parent states count as states; eventless and delayed transitions count as edges. */

for (const { key, machine } of Object.values(catalogue.protocols)) {
  const [states, leaves, edges] = [statesOf(machine).length - 1, leavesOf(machine).length, edgesOf(machine)]
  process.stdout.write(`${key.padEnd(14)} ${states} states, ${leaves} of them without states inside; ${edges} edges\n`)
}
