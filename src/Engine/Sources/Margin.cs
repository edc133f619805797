namespace Decant.Engine.Sources;

/// <summary>Difference between an announced length and a real one that means nothing: containers run over by a frame, and pages round.</summary>
public static class Margin
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    /// <returns>A second or 1 %, whichever is more.</returns>
    public static TimeSpan Of(TimeSpan announced) => announced / 100 > Least ? announced / 100 : Least;

    /// <summary>The length that counts: the announced one where the real one runs over it by no more than the margin.</summary>
    public static TimeSpan Counted(TimeSpan? announced, TimeSpan real) =>
        announced is { } said && real > said && real - said <= Of(said) ? said : real;
}
