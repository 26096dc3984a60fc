import type { FactOf } from '../../world/fact'

/** A message that a server writes about another one: it returns a message, or reports something else, such as a delay. */
export type NoticeKind = 'returned' | 'report'

export const kindOf = ({ event }: NonNullable<FactOf<'messageQueued'>['notice']>): NoticeKind =>
  event === 'failed' || event === 'unreturnable' ? 'returned' : 'report'
