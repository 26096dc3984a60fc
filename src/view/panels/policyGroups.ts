import type { Policy, PolicyName } from '../../hosts/mailServer/policies'

/** `details`: switches that few learners need; `queue`: they stand with the queue. */
export type PolicyGroup = 'security' | 'delivery' | 'details' | 'queue'

const GROUPS: Readonly<Record<PolicyName, PolicyGroup>> = {
  relayForStrangers: 'security',
  greylisting: 'security',
  requireAuthentication: 'security',
  plaintextAuth: 'security',
  tls: 'security',
  outgoingTls: 'security',
  completeHeaders: 'delivery',
  maxSize: 'delivery',
  maxRecipients: 'delivery',
  delayNoticeAfter: 'delivery',
  giveUpTime: 'delivery',
  holdQueue: 'queue',
  maxHops: 'details',
  loginDelay: 'details',
  apop: 'details',
  bareLineFeed: 'details',
  outgoingPipelining: 'details',
  outgoingChunking: 'details',
}

const ORDER = ['security', 'delivery', 'details'] as const satisfies readonly PolicyGroup[]

/** The switches in their groups, without empty groups. */
export const grouped = (policies: readonly Policy[]) =>
  ORDER.map((group) => ({ group, policies: inGroup(policies, group) })).filter((each) => each.policies.length > 0)

/** The switches of one group. */
export const inGroup = (policies: readonly Policy[], group: PolicyGroup): readonly Policy[] =>
  policies.filter(({ policy }) => GROUPS[policy] === group)
