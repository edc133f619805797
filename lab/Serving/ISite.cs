namespace Decant.Lab.Serving;

/// <summary>
/// A part of the emulated internet. Every class of this assembly that implements it is found and mapped:
/// a platform, a CDN or a behaviour of the origin is added by adding its file.
/// </summary>
internal interface ISite
{
    /// <summary>Names it answers for, over http and https alike; <c>*.example.com</c> stands for every name below that one.</summary>
    IReadOnlyList<string> Hosts { get; }

    void Map(IEndpointRouteBuilder routes);
}
