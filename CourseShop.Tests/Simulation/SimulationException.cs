namespace CourseShop.Tests.Simulation;

/// <summary>A seed under which something went wrong, and how it came to that.</summary>
internal sealed class SimulationException(int seed, Story story, Exception failure) : Exception(
    $"""
    Seed {seed}: {story.Named(failure.Message)}
    To see it again: COURSESHOP_SEED={seed} dotnet test --filter FullyQualifiedName~SimulationTests
    The end of the story:
    {story.End(80)}
    """, failure);
