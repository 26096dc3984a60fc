import type { PolicyValue, RefusedChange } from '../../world/reason'
import { type CompleteConfig, complete, type MailServerConfig } from './config'

/** The policies of a mail server that a learner can change while the world runs. Existing sessions keep the old values. */

export type { PolicyValue } from '../../world/reason'

export interface Policy {
  readonly policy: PolicyName
  readonly value: PolicyValue
  /** The possible values. For a number they are suggestions: any whole number from `least` on is allowed. */
  readonly values: readonly PolicyValue[]
  readonly least?: number
}

interface Rule {
  readonly values: readonly PolicyValue[]
  readonly least?: number
}

const SWITCH = [true, false]

const RULES = {
  relayForStrangers: {
    values: SWITCH,
  },
  requireAuthentication: {
    values: SWITCH,
  },
  completeHeaders: {
    values: SWITCH,
  },
  plaintextAuth: {
    values: SWITCH,
  },
  loginDelay: {
    values: [0, 60, 900],
    least: 0,
  },
  apop: {
    values: SWITCH,
  },
  tls: {
    values: ['none', 'offered', 'required'],
  },
  outgoingTls: {
    values: ['never', 'opportunistic', 'required'],
  },
  outgoingPipelining: {
    values: SWITCH,
  },
  outgoingChunking: {
    values: SWITCH,
  },
  bareLineFeed: {
    values: ['refuse', 'tolerate'],
  },
  maxSize: {
    values: [1024, 65_536, 1_048_576, 10_485_760],
    // RFC 5321 section 4.5.3.1.7 asks for at least 64K octets; a learner may want to see a message refused.
    least: 1,
  },
  maxRecipients: {
    values: [1, 10, 100, 1000],
    least: 1,
  },
  maxHops: {
    values: [1, 10, 50, 100],
    least: 1,
  },
  delayNoticeAfter: {
    values: [3600, 14_400, 86_400],
    least: 0,
  },
  giveUpTime: {
    values: [3600, 86_400, 432_000],
    least: 0,
  },
} as const satisfies Partial<Record<keyof CompleteConfig, Rule>>

export type PolicyName = keyof typeof RULES

/** All policies of a server with their present values, for display and change. */
export function policiesOf(state: { readonly config: MailServerConfig }): readonly Policy[] {
  const config = complete(state.config)
  return (Object.entries(RULES) as [PolicyName, Rule][]).map(([policy, rule]) => ({
    policy,
    ...rule,
    value: config[policy],
  }))
}

/** The configuration with one policy changed, or why it cannot be. */
export function changePolicy(
  config: MailServerConfig,
  policy: string,
  given: PolicyValue,
): { readonly config: MailServerConfig } | { readonly refused: RefusedChange } {
  const rule = Object.hasOwn(RULES, policy) ? (RULES as Record<string, Rule>)[policy] : undefined
  if (!rule) return { refused: { id: 'noSuchPolicy', policy, policies: Object.keys(RULES) } }
  const { values, least } = rule
  if (least !== undefined) {
    const fits = typeof given === 'number' && Number.isSafeInteger(given) && given >= least
    if (!fits) return { refused: { id: 'notWhole', policy, least, given } }
  } else if (!values.includes(given)) {
    return { refused: { id: 'notAmong', policy, values, given } }
  }
  return { config: { ...config, [policy]: given } }
}
