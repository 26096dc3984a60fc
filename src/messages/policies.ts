import english from './en/policies'
import { topic } from './topic'

export const policiesText = topic('policies', english)
