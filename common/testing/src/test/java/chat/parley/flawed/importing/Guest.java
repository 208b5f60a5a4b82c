package chat.parley.flawed.importing;

import chat.parley.sound.Room;

record Guest(Room room) {}
