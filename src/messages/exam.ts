import english from './en/exam'
import { topic } from './topic'

export const examText = topic('exam', english)
