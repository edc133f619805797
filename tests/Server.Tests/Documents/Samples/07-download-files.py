def download_extracted_media(job_id, api_key, download_thumbnail=True):
    """Download extracted media and thumbnail from completed job"""

    # Get job details
    response = requests.get(
        f"https://api.audiopod.ai/api/v1/video/video-download/jobs/{job_id}",
        headers={"X-API-Key": api_key}
    )

    if response.status_code != 200:
        return {"error": "Job not found"}

    job = response.json()

    if job["status"] != "COMPLETED":
        return {"error": f"Job not completed. Status: {job['status']}"}

    downloaded_files = []

    # Download main media file
    if job.get("download_url"):
        media_response = requests.get(job["download_url"])
        if media_response.status_code == 200:
            # Use original title for filename, cleaned up
            title = job["original_title"].replace("/", "_").replace("\\", "_")
            extension = job["format"]
            filename = f"{title}_{job_id}.{extension}"

            with open(filename, "wb") as f:
                f.write(media_response.content)

            downloaded_files.append({
                "type": "media",
                "filename": filename,
                "size": len(media_response.content)
            })

    # Download thumbnail if available and requested
    if download_thumbnail and job.get("thumbnail_url"):
        thumb_response = requests.get(job["thumbnail_url"])
        if thumb_response.status_code == 200:
            thumb_filename = f"{title}_thumbnail_{job_id}.jpg"

            with open(thumb_filename, "wb") as f:
                f.write(thumb_response.content)

            downloaded_files.append({
                "type": "thumbnail",
                "filename": thumb_filename,
                "size": len(thumb_response.content)
            })

    return {
        "success": True,
        "job_id": job_id,
        "title": job["original_title"],
        "duration": job["duration"],
        "format": job["format"],
        "quality": job["quality"],
        "files": downloaded_files,
        "credits_used": job["credits_used"]
    }

# Usage
result = download_extracted_media(123, "your_api_key", download_thumbnail=True)
if result.get("success"):
    print(f"Downloaded: {result['title']}")
    for file_info in result["files"]:
        print(f"  {file_info['type']}: {file_info['filename']} ({file_info['size']} bytes)")
