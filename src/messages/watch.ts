import english from './en/watch'
import { topic } from './topic'

export const watchText = topic('watch', english)
