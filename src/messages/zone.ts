import english from './en/zone'
import { topic } from './topic'

export const zoneText = topic('zone', english)
