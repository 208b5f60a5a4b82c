/** Journeys through the gateway and real sockets, told as users would tell them. */
package chat.parley.system;
