package chat.parley.flawed.right;

import chat.parley.flawed.left.Left;

record Right(Left left) {}
