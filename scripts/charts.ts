import { catalogue } from '../src/hosts/catalogue'
import { edgesOf, leavesOf, statesOf } from '../tests/support/chart'

/** Prints how large the chart of each machine is. A state that only holds others is counted too; so is each eventless and delayed transition. */

for (const { key, machine } of Object.values(catalogue.protocols)) {
  const [states, leaves, edges] = [statesOf(machine).length - 1, leavesOf(machine).length, edgesOf(machine)]
  process.stdout.write(`${key.padEnd(14)} ${states} states, ${leaves} of them without states inside; ${edges} edges\n`)
}
