package chat.parley.flawed.swamp;

import chat.parley.flawed.left.Left;

record Mud(Left left) {}
