import english from './en/question'
import { topic } from './topic'

export const questionText = topic('question', english)
