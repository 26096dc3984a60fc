import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import scenarioFile from '../../lessons/scenarios/two-towns.json' with { type: 'json' }
import { fromText } from '../../src/base/octets'
import { instant } from '../../src/base/time'
import { catalogue } from '../../src/hosts/catalogue'
import { bundledScenario } from '../../src/world/bundledScenario'
import { startTimeline } from '../../src/world/timeline'

const scenario = bundledScenario(scenarioFile)

/** The journey under random link conditions: the number of its facts and their hash. */
export function journeyDigest(seed: number): { readonly facts: number; readonly digest: string } {
  const links = scenario.links.map((link) => ({ ...link, jitter: 3, loss: 0.02 }))
  const { trace } = startTimeline({ ...scenario, links }, catalogue, {
    seed,
    interventions: [
      {
        at: instant(0),
        type: 'submitted',
        host: 'alice-laptop',
        account: 'alice@paper.example',
        forwardPaths: ['bob@bird.example', 'nobody@bird.example', 'bob@brid.example'],
        message: fromText('From: alice@paper.example\r\nTo: bob@bird.example\r\nSubject: Grüße\r\n\r\nÄpfel\r\n'),
      },
    ],
  })
  return {
    facts: trace.length,
    digest: bytesToHex(sha256(utf8ToBytes(trace.map((fact) => JSON.stringify(fact)).join('\n')))),
  }
}
