import english from './en/hops'
import { topic } from './topic'

export const hopsText = topic('hops', english)
