import english from './en/quiz'
import { topic } from './topic'

export const quizText = topic('quiz', english)
