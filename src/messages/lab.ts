import english from './en/lab'
import { topic } from './topic'

export const labText = topic('lab', english)
