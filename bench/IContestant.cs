namespace Decant.Bench;

/// <summary>One way to get the medium.</summary>
internal interface IContestant
{
    /// <summary>Gets it once, from nothing.</summary>
    /// <param name="folder">An empty directory for it.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <returns>The file.</returns>
    Task<string> GetAsync(string folder, CancellationToken cancellationToken);
}
