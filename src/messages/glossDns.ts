import english from './en/glossDns'
import { topic } from './topic'

export const glossDnsText = topic('glossDns', english)
