package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who leads, by the database's clock.
 *
 * @param alive whether its lease is running; nobody applies commands otherwise
 * @param holder null: nobody has ever led
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Leader(
    boolean alive,
    @Nullable String holder,
    long epoch,
    @Nullable Instant acquiredAt,
    @Nullable Instant expiresAt) {}
