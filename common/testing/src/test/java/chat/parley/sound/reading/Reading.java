package chat.parley.sound.reading;

import chat.parley.sound.Room;
import chat.parley.sound.ground.Stone;

record Reading(Room room, Stone stone) {}
