package chat.parley.local.files;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Which component listens where. A data folder keeps its ports from run to run, as long as nobody else takes one; two
 * folders look for theirs in different places, so two suites can start side by side.
 */
public final class Ports {

    // Below 32768, where systems take the ports of outgoing connections from: one of those may be gone at a restart.
    private static final int FIRST = 20_000;
    private static final int LAST = 31_999;
    private static final int BLOCK = 20;

    private final Map<String, Integer> ports;

    private Ports(Map<String, Integer> ports) {
        this.ports = Map.copyOf(ports);
    }

    /**
     * Reads the folder's ports, chooses what is missing or taken, and writes them down.
     *
     * @param promised to somebody who does not listen there yet
     */
    public static Ports of(DataFolder folder, List<String> names, int promised) throws IOException {
        Properties remembered = read(folder.portsFile());
        Map<String, Integer> ports = new LinkedHashMap<>();
        Set<Integer> chosen = new HashSet<>(Set.of(promised));
        int candidate = start(folder.root());
        for (String name : names) {
            int port = Integer.parseInt(remembered.getProperty(name, "0"));
            while (port == 0 || chosen.contains(port) || !isFree(port)) {
                port = candidate;
                candidate = candidate == LAST ? FIRST : candidate + 1;
            }
            chosen.add(port);
            ports.put(name, port);
            remembered.setProperty(name, Integer.toString(port));
        }
        try (Writer writer = Files.newBufferedWriter(folder.portsFile())) {
            remembered.store(writer, "Where the components of this suite listen; kept from run to run.");
        }
        return new Ports(ports);
    }

    /** Those the folder has now; none if nothing was ever started in it. */
    public static Ports remembered(DataFolder folder) throws IOException {
        Map<String, Integer> ports = new LinkedHashMap<>();
        read(folder.portsFile()).forEach((name, port) ->
            ports.put((String) name, Integer.valueOf((String) port))
        );
        return new Ports(ports);
    }

    /** Whether a program could listen there on this machine's own address. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** @throws IllegalArgumentException if nothing of that name was asked for */
    public int of(String name) {
        Integer port = ports.get(name);
        if (port == null) {
            throw new IllegalArgumentException("no port is called " + name);
        }
        return port;
    }

    private static int start(Path root) {
        int blocks = (LAST - FIRST) / BLOCK;
        return FIRST + Math.floorMod(root.toString().hashCode(), blocks) * BLOCK;
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        }
        return properties;
    }
}
