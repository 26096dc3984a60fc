import english from './en/why'
import { topic } from './topic'

export const whyText = topic('why', english)
