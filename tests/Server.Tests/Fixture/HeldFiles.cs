using Decant.Lab;
using Decant.Lab.Serving;

namespace Decant.Server.Tests.Fixture;

/// <summary>Files of the lab's origin that come in drops until the test releases them: a job lasts exactly as long as it is held.</summary>
internal sealed class HeldFiles(LabInternet lab)
{
    /// <summary>Enough to read a file's header from.</summary>
    private const long Free = 256 * 1024;

    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="name">Part of its address.</param>
    /// <param name="file">Path of what it is, at the lab's origin.</param>
    /// <param name="free">Bytes that come at once.</param>
    /// <returns>The address of a file that nobody else asks for.</returns>
    public string Hold(string name, string file = "/media/small.mp4", long free = Free)
    {
        var path = $"/held/{name}-{Guid.NewGuid():N}{Path.GetExtension(file)}";
        lab.Faults.Script(
            path,
            new Fault(
                (context, next) =>
                {
                    context.Request.Path = file;
                    return Fault.DripFrom(free, _released.Task).InvokeAsync(context, next);
                }
            ),
            int.MaxValue
        );
        return new Uri(lab.PublicOrigin, path).AbsoluteUri;
    }

    public void Release() => _released.SetResult();
}
