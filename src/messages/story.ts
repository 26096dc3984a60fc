import english from './en/story'
import { topic } from './topic'

export const storyText = topic('story', english)
