/** Two voices in one bubble. */
export function Logo({ className }: { className?: string | undefined }) {
    return (
        <svg className={className} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path
                fill="var(--accent)"
                d="M8.5 2h15A4.5 4.5 0 0 1 28 6.5v10a4.5 4.5 0 0 1-4.5 4.5H12.5l-5.8 5.1c-.7.6-1.7.1-1.7-.8V20.4a4.5 4.5 0 0 1-1-2.9V6.5A4.5 4.5 0 0 1 8.5 2z"
            />
            <path
                fill="none"
                stroke="var(--on-accent)"
                strokeWidth="2.6"
                strokeLinecap="round"
                d="M10.5 9.2h11M10.5 14h6.5"
            />
        </svg>
    );
}
