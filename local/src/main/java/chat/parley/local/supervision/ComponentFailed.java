package chat.parley.local.supervision;

/** A component that did not become ready; what it wrote is in its log. */
public final class ComponentFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Component component;

    ComponentFailed(Component component, String end) {
        super(component.name() + " " + end + " before it was ready");
        this.component = component;
    }

    public Component component() {
        return component;
    }
}
