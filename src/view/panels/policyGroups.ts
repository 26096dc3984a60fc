import type { Policy, PolicyName } from '../../hosts/mailServer/policies'

/** `details`: switches that few learners need. */
export type PolicyGroup = 'security' | 'delivery' | 'details'

const GROUPS: Readonly<Record<PolicyName, PolicyGroup>> = {
  relayForStrangers: 'security',
  requireAuthentication: 'security',
  plaintextAuth: 'security',
  tls: 'security',
  outgoingTls: 'security',
  completeHeaders: 'delivery',
  maxSize: 'delivery',
  maxRecipients: 'delivery',
  delayNoticeAfter: 'delivery',
  giveUpTime: 'delivery',
  maxHops: 'details',
  loginDelay: 'details',
  apop: 'details',
  bareLineFeed: 'details',
  outgoingPipelining: 'details',
  outgoingChunking: 'details',
}

const ORDER: readonly PolicyGroup[] = ['security', 'delivery', 'details']

/** The switches in their groups, without empty groups. */
export const grouped = (policies: readonly Policy[]) =>
  ORDER.map((group) => ({ group, policies: policies.filter(({ policy }) => GROUPS[policy] === group) })).filter(
    (each) => each.policies.length > 0,
  )
