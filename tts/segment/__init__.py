"""An Article becomes Blocks: narration, quotes with their speakers, headings."""
