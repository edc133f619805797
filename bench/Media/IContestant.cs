namespace Decant.Bench.Media;

/// <summary>One way to get media.</summary>
internal interface IContestant
{
    string Name { get; }

    bool Takes(Work work);

    /// <summary>Does the work once, from nothing.</summary>
    /// <param name="work">Work to do.</param>
    /// <param name="media">Addresses of the media.</param>
    /// <param name="folder">An empty directory for it.</param>
    /// <param name="cancellationToken">Token that ends the try.</param>
    /// <returns>The files.</returns>
    Task<IReadOnlyList<string>> GetAsync(
        Work work,
        IReadOnlyList<Uri> media,
        string folder,
        CancellationToken cancellationToken
    );
}
