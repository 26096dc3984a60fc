import english from './en/ladder'
import { topic } from './topic'

export const ladderText = topic('ladder', english)
