import english from './en/next'
import { topic } from './topic'

export const nextText = topic('next', english)
