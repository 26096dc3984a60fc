import english from './en/lesson'
import { topic } from './topic'

export const lessonText = topic('lesson', english)
