/** The mark of the product: something being said. */
export function Logo({ className }: { className?: string | undefined }) {
    return (
        <svg className={className} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path
                fill="var(--accent)"
                d="M9 3.5h14a6 6 0 0 1 6 6v6.5a6 6 0 0 1-6 6h-8l-6.2 5.4c-.9.8-2.3.1-2.3-1.1v-4.7A6 6 0 0 1 3 15.8V9.5a6 6 0 0 1 6-6z"
            />
            <path
                fill="none"
                stroke="var(--on-accent)"
                strokeWidth="2.6"
                strokeLinecap="round"
                d="M10.5 10.2h11M10.5 15h6.5"
            />
        </svg>
    );
}
